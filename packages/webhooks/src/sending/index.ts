export { createPostMessage, type PostMessage, type PostRequest, type PostResult } from './post-message.ts';
