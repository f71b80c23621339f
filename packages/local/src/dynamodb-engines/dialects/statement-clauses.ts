/** Quoted text, which is passed over, or a word that begins a clause of an UPDATE. */
const MARKS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|(?<![.\w])(SET|REMOVE|WHERE|RETURNING)\b/gi;
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`/g;

/** An UPDATE with its SET clauses in one, and its REMOVE clauses in one, as dynoxide's parser wants it. */
export function oneClauseOfEach(statement: string): string {
  if (!/^\s*UPDATE\b/i.test(statement)) return statement;
  const marks = [...statement.matchAll(MARKS)].flatMap(({ index, 1: word }) =>
    word === undefined ? [] : [{ index, word: word.toUpperCase() }],
  );
  const end = marks.find(({ word }) => word === 'WHERE' || word === 'RETURNING')?.index ?? statement.length;
  const clauses = marks.filter(({ index }) => index < end);
  if (clauses.length < 2) return statement;
  const joined = (wanted: string): string => {
    const parts = clauses.flatMap(({ index, word }, n) =>
      word === wanted ? [statement.slice(index + word.length, clauses[n + 1]?.index ?? end).trim()] : [],
    );
    return parts.length === 0 ? '' : `${wanted} ${parts.join(', ')} `;
  };
  // Only SET takes parameters: they stay in their order.
  return `${statement.slice(0, clauses[0]?.index)}${joined('SET')}${joined('REMOVE')}${statement.slice(end)}`;
}

/** Whether a SELECT asks for its rows from the last to the first. */
export function hasDescendingOrder(statement: string): boolean {
  return /\bORDER\s+BY\b[\s\S]*\bDESC\b/i.test(statement.replace(QUOTED, ''));
}
