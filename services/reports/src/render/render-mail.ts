import { markup, NO_BREAK_SPACE } from '@weir/charts';
import { composeMail, type Mail, type MailImage, type MailPart, oneLine } from '@weir/charts/mail';
import { UNSUBSCRIBE_PLACE } from '@weir/charts/mail/unsubscribe-place';
import { chartWidthOf, imageCard, svgToPng } from '@weir/charts/png';
import type { DailyReport } from '../daily/daily-report.ts';
import { actionsTable, sectionParts, tilesTable } from './mail/mail-tables.ts';
import { mailText } from './mail/mail-text.ts';
import { describeReport } from './view/describe-report.ts';
import { moreThan } from './view/number-of.ts';
import type { ReportFigure, ReportView } from './view/report-view.ts';

// As wide as the layout's images. The chart is drawn for a narrower card, so that a telephone, which shows the image at
// half of its size, shows text that can be read.
const IMAGE_WIDTH = 560;
const CARD_WIDTH = 440;

/** How many actions a mail lists. */
export const MAIL_ACTIONS = 20;

const WHY = 'You get this mail because your address asked for daily reports.';

/**
 * `mail.eml`: the report as a mail, without `From`, `To`, `Date` and `Message-ID`. It has no user ids, and one link, which is
 * filled in for each reader.
 */
export function renderMail(report: DailyReport): Promise<Buffer> {
  return composeMail(mailOf(report));
}

/** The mail's contents. */
export function mailOf(report: DailyReport): Mail {
  const view = describeReport(report);
  return {
    subject: oneLine(`Daily report, ${view.date}: ${view.brief}`).replaceAll(NO_BREAK_SPACE, ' '),
    preview: previewOf(view),
    eyebrow: 'Weir · Daily report',
    heading: view.date,
    lead: view.lead,
    facts: view.facts.join(' · '),
    parts: partsOf(view),
    notes: [
      ...view.notes,
      `The whole report: GET /v1/reports/${report.id}`,
      markup`${WHY} <a href="${UNSUBSCRIBE_PLACE}" style="color:inherit">Unsubscribe from all mails</a>`,
    ],
    text: `${mailText(view, report.id, MAIL_ACTIONS)}${WHY}\nTo get no more mails: ${UNSUBSCRIBE_PLACE}\n`,
  };
}

/** What the subject does not say yet. */
function previewOf({ figures, actions, lead }: ReportView): string {
  if (actions.length === 0) return lead;
  const titles = figures.filter(({ key }) => key !== 'days').map(({ title }) => `${title}.`);
  return titles.toReversed().join(' ');
}

function partsOf(view: ReportView): MailPart[] {
  const more = moreThan(MAIL_ACTIONS, view.actions.length, 'action');
  return [
    tilesTable(view.tiles),
    ...sectionParts(view.drift),
    // A day without events needs no picture of its hours.
    ...view.figures.filter(({ key }) => key === 'days' || view.actions.length > 0).flatMap(figureParts),
    ...(view.actions.length > 0 ? [actionsTable(view.actions.slice(0, MAIL_ACTIONS))] : []),
    ...(more ? [{ kind: 'note', text: `${more} in the report` } as const] : []),
    ...sectionParts(view.refused),
    ...sectionParts(view.changes),
    ...sectionParts(view.revised),
  ];
}

function figureParts(figure: ReportFigure): MailPart[] {
  const parts: MailPart[] = [{ kind: 'section', title: figure.title }];
  if (figure.note) parts.push({ kind: 'note', text: figure.note });
  // The actions are listed below their title.
  return figure.key === 'actions' ? parts : [...parts, imageOf(figure)];
}

function imageOf({ key, draw, table }: ReportFigure): MailImage {
  const chart = draw(chartWidthOf(CARD_WIDTH));
  const figures = table.rows
    .map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text)).join(' '))
    .join(', ');
  return { kind: 'image', cid: key, alt: `${table.caption}: ${figures}`, png: svgToPng(imageCard(chart), IMAGE_WIDTH) };
}
