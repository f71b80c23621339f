import { cutText } from './bounded-body.ts';
import { slackText } from './slack-text.ts';
import type { WebhookMessage } from './webhook-message.ts';

/** Six bytes of JSON each, at most: together less than a body of the other form may have. Slack shows no more than 4,000. */
const TEXT_CHARACTERS = 3_000;

/** A message in the form that Slack's incoming webhooks take: a text, which nothing in it can make a link or a mention. */
export function slackBody(message: Omit<WebhookMessage, 'id'>): Buffer {
  return Buffer.from(
    JSON.stringify({ text: escapeText(cutText(slackText(message), TEXT_CHARACTERS)), unfurl_links: false }),
  );
}

/** Slack asks to escape these three characters, and no others. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
