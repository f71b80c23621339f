import { userMark } from '@weir/dynamodb/reports';

/** The text of a report's file without a user; undefined if the file does not name the user. */
export function eraseFromReport(key: string, text: string, userId: string): string | undefined {
  // A mail never names a user.
  const erase = ERASERS[key.slice(key.lastIndexOf('.'))];
  const erased = erase?.(text, userId);
  return erased === text ? undefined : erased;
}

const ERASERS: Readonly<Record<string, (text: string, userId: string) => string>> = {
  '.json': eraseFromJson,
  '.csv': eraseFromCsv,
  '.html': eraseFromHtml,
};

/** The names under which a report has the id of a user; `before` and `after` are those of a changed value. */
const USER_FIELDS = new Set(['userId', 'before', 'after']);

/** Every value that is the id becomes null. All other values, their order and their form stay. */
function eraseFromJson(text: string, userId: string): string {
  let isFound = false;
  const value: unknown = JSON.parse(text, (name, part: unknown) => {
    if (part !== userId || !USER_FIELDS.has(name)) return part;
    isFound = true;
    return null;
  });
  return isFound ? `${JSON.stringify(value)}${text.endsWith('\n') ? '\n' : ''}` : text;
}

/** A field of RFC 4180: with quotation marks around it, or without. */
const FIELD = /(^|,|\r?\n)("(?:[^"]|"")*"|[^",\r\n]*)/g;

/** Every field that is the id becomes empty, also if a quotation mark keeps a spreadsheet from computing it. */
function eraseFromCsv(text: string, userId: string): string {
  return text.replace(FIELD, (field, before: string, written: string) => {
    const value = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
    return value === userId || value === `'${userId}` ? before : field;
  });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'" };

/** Every element with the mark of the id, and every text between two tags that is the id, becomes a dash. */
function eraseFromHtml(text: string, userId: string): string {
  const unmarked = text.replaceAll(new RegExp(`<bdi data-user="${userMark(userId)}">.*?</bdi>`, 'gs'), '–');
  return unmarked.replace(/>([^<>]+)</g, (between, written: string) => {
    const value = written.trim().replace(/&([a-z]+|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity);
    return value === userId ? '>–<' : between;
  });
}
