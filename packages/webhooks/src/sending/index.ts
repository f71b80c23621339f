export { createPostMessage, type PostMessage, type PostResult } from './post-message.ts';
