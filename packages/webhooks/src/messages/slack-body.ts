import { slackText } from './slack-text.ts';
import type { WebhookMessage } from './webhook-message.ts';

/** A message in the form that Slack's incoming webhooks take: a text, which nothing in it can make a link or a mention. */
export function slackBody(message: Omit<WebhookMessage, 'id'>): Buffer {
  return Buffer.from(JSON.stringify({ text: escapeText(slackText(message)), unfurl_links: false }));
}

/** Slack asks to escape these three characters, and no others. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
