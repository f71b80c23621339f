import type { EventFault } from '../contract/event-fault.ts';
import { MAX_FAULTS, MAX_POINTER_UNITS } from '../contract/limits.ts';

/** A field's name, a string or a number in a JSON text, as it is written there. */
export interface Written {
  readonly kind: 'name' | 'string' | 'number';
  readonly text: string;
  /** RFC 6901, of the value; for a name, of the object that has it. Ask for it while the walk stands there. */
  readonly pointer: () => string;
}

/** Where the walk stands in an object or array that is open. */
interface Level {
  readonly isObject: boolean;
  /** The field's name or the element's index, and whether a name comes next. */
  part: string | number;
  awaitsName: boolean;
}

const TOKENS = /[{}[\],]|"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;

/**
 * What `faultOf` finds in a text that `JSON.parse` accepts, up to a limit: a pointer may be as long as the text, and an
 * answer must not be many times as long as the request.
 */
export function findInJson(text: string, faultOf: (written: Written) => EventFault | undefined): EventFault[] {
  const faults: EventFault[] = [];
  let room = MAX_POINTER_UNITS;
  for (const written of walkJson(text)) {
    const found = faultOf(written);
    if (!found) continue;
    faults.push(found);
    room -= found.pointer.length;
    if (faults.length === MAX_FAULTS || room < 0) break;
  }
  return faults;
}

/**
 * Walks through the text, however deep it nests, and yields everything that a reader might not keep as it is written.
 */
function* walkJson(text: string): Generator<Written> {
  const levels: Level[] = [];
  for (const [token] of text.matchAll(TOKENS)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[') levels.push({ isObject: token === '{', part: 0, awaitsName: token === '{' });
    else if (token === '}' || token === ']') levels.pop();
    else if (token === ',') passComma(level as Level);
    else if (token[0] !== '"') yield { kind: 'number', text: token, pointer: () => pointerTo(levels) };
    else if (level?.awaitsName) {
      yield { kind: 'name', text: token, pointer: () => pointerTo(levels.slice(0, -1)) };
      level.part = JSON.parse(token);
      level.awaitsName = false;
    } else yield { kind: 'string', text: token, pointer: () => pointerTo(levels) };
  }
}

function passComma(level: Level): void {
  level.awaitsName = level.isObject;
  if (typeof level.part === 'number') level.part += 1;
}

function pointerTo(levels: readonly Level[]): string {
  return levels
    .map(({ part }) => `/${String(part).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
