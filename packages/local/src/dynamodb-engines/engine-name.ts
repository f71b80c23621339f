/** The programs that can be the tables here. */
export type EngineName = 'dynoxide' | 'dynamodb-local';

/** How to ask for one of them. */
export const ENGINE_VARIABLE = 'WEIR_DYNAMODB_ENGINE';

const NAMES: readonly EngineName[] = ['dynoxide', 'dynamodb-local'];

/** The engine that was asked for, or else dynoxide, or DynamoDB Local on systems for which there is no dynoxide. */
export function chooseEngine(asked: string | undefined, hasDynoxide: boolean): EngineName {
  if (asked === undefined || asked === '') return hasDynoxide ? 'dynoxide' : 'dynamodb-local';
  const name = NAMES.find((known) => known === asked);
  if (name === undefined) throw new Error(`${ENGINE_VARIABLE} is "${asked}": it can be ${NAMES.join(' or ')}`);
  if (name === 'dynoxide' && !hasDynoxide) {
    throw new Error(
      `dynoxide is not installed for ${process.platform}-${process.arch}: install Java 17 or newer and set ${ENGINE_VARIABLE}=dynamodb-local`,
    );
  }
  return name;
}
