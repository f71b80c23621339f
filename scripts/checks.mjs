// Checks what the machine must have before anything is installed. So this file uses no dependency, and nothing newer
// than Node 16.

/** The oldest Node whose npm can install the dependencies, Node 24 among them. */
export const MIN_NODE_MAJOR = 20;

/** DynamoDB Local 3 needs it. */
export const MIN_JAVA_MAJOR = 17;

/** The major version in the text of `process.version` or `node --version`; undefined if it has none. */
export function nodeMajorOf(version) {
  const match = /^v?(\d+)\.\d+\.\d+/.exec(version.trim());
  return match === null ? undefined : Number(match[1]);
}

/**
 * The major version in the output of `java -version`; undefined if it has none (macOS has a `java` that only prints
 * that there is no Java). Before Java 9 the first number was always 1: "1.8.0_292" is Java 8.
 */
export function javaMajorOf(output) {
  const match = /version "(\d+)(?:\.(\d+))?/.exec(output);
  if (match === null) return undefined;
  return Number(match[1] === '1' ? match[2] : match[1]);
}

/** The problem with this Node and its remedy, or undefined if Node is new enough. */
export function nodeProblem(version) {
  const major = nodeMajorOf(version);
  if (major !== undefined && major >= MIN_NODE_MAJOR) return undefined;
  return `Weir needs Node ${MIN_NODE_MAJOR} or newer, and this is ${version}. Install a newer one from https://nodejs.org (or \`nvm install ${MIN_NODE_MAJOR}\`) and run it again.`;
}

/** The problem with Java and its remedy, or undefined. `output` is undefined if `java` cannot be run. */
export function javaProblem(output) {
  const major = output === undefined ? undefined : javaMajorOf(output);
  if (major !== undefined && major >= MIN_JAVA_MAJOR) return undefined;
  const found =
    major === undefined ? 'and there is no `java` on the PATH' : `and the \`java\` on the PATH is version ${major}`;
  return `Weir needs Java ${MIN_JAVA_MAJOR} or newer for DynamoDB Local, ${found}. Install one (Debian, Ubuntu: \`sudo apt install openjdk-17-jre-headless\`; macOS: \`brew install openjdk@17\`, then follow its note on the PATH; others: https://adoptium.net) and run it again.`;
}

/**
 * The need of the tables: the package of dynoxide for this system, by its path, or `java` where DynamoDB Local is asked
 * for, or where neither the lock file (`wanted`) nor the disk (`exists`) has that package.
 */
export function tablesNeed({ asked, system, wanted, exists }) {
  const dynoxide = `node_modules/@dynoxide/${system}`;
  const isThere = wanted?.[dynoxide] !== undefined || exists(dynoxide);
  return asked === 'dynamodb-local' || !isThere ? 'java' : dynoxide;
}

/** Programs that some tests start: one of each list is enough. If a machine has none, those tests are left out. */
const FOR_TESTS = [
  {
    programs: ['redis-server', 'valkey-server'],
    how: 'Debian, Ubuntu: `sudo apt install redis-server`; macOS: `brew install redis`; others: https://redis.io/docs/latest/operate/oss_and_stack/install',
  },
  {
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    how: 'Debian: `sudo apt install chromium`; others: https://www.google.com/chrome',
  },
  { programs: ['moto_server'], how: "`pipx install 'moto[server]'`" },
];

/** One line for each missing program: how to install it. `isThere` checks one program. */
export function missingForTests(isThere) {
  return FOR_TESTS.filter(({ programs }) => !programs.some(isThere)).map(
    ({ programs: [name], how }) =>
      `There is no ${name} on the PATH: the tests that start one are left out. To run them too, install it (${how}).`,
  );
}

/**
 * Compares the installed packages with the lock file: the first package that is missing or has another version, or
 * undefined if there is none. Both arguments are the `packages` of a lock file: of `package-lock.json`, and of the
 * `node_modules/.package-lock.json` that npm writes. `exists` checks whether a package is still there. An optional
 * package may be missing, except the one with the path `needed`.
 */
export function installProblem(wanted, installed, { exists, needed }) {
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) continue;
    const found = installed[path];
    const isOptional = (entry.optional || entry.devOptional || entry.peer) && path !== needed;
    if (found === undefined && isOptional) continue;
    if (found === undefined || !exists(path)) return `${path} is missing`;
    if (found.version !== entry.version) return `${path} is ${found.version}, not ${entry.version}`;
  }
  return undefined;
}
