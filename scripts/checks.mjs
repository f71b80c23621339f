// What the machine must have, checked before anything is installed: no dependency, and nothing newer than Node 16.

/** The oldest Node that npm and the installed Node 24 can be installed with. */
export const MIN_NODE_MAJOR = 20;

/** DynamoDB Local 3 asks for it. */
export const MIN_JAVA_MAJOR = 17;

/** The major version in what `process.version` or `node --version` says; undefined where it is none. */
export function nodeMajorOf(version) {
  const match = /^v?(\d+)\.\d+\.\d+/.exec(version.trim());
  return match === null ? undefined : Number(match[1]);
}

/**
 * The major version in what `java -version` prints, or undefined where it is none (macOS has a `java` that only says
 * that there is no Java). Before Java 9 the first number was always 1: "1.8.0_292" is Java 8.
 */
export function javaMajorOf(output) {
  const match = /version "(\d+)(?:\.(\d+))?/.exec(output);
  if (match === null) return undefined;
  return Number(match[1] === '1' ? match[2] : match[1]);
}

/** One sentence and what to do, or undefined when Node will do. */
export function nodeProblem(version) {
  const major = nodeMajorOf(version);
  if (major !== undefined && major >= MIN_NODE_MAJOR) return undefined;
  return `Weir needs Node ${MIN_NODE_MAJOR} or newer, and this is ${version}. Install a newer one from https://nodejs.org (or \`nvm install ${MIN_NODE_MAJOR}\`) and run it again.`;
}

/** One sentence and what to do, or undefined when Java will do; `output` is undefined where `java` cannot be run. */
export function javaProblem(output) {
  const major = output === undefined ? undefined : javaMajorOf(output);
  if (major !== undefined && major >= MIN_JAVA_MAJOR) return undefined;
  const found =
    major === undefined ? 'and there is no `java` on the PATH' : `and the \`java\` on the PATH is version ${major}`;
  return `Weir needs Java ${MIN_JAVA_MAJOR} or newer for DynamoDB Local, ${found}. Install one (Debian, Ubuntu: \`sudo apt install openjdk-17-jre-headless\`; macOS: \`brew install openjdk@17\`, then follow its note on the PATH; others: https://adoptium.net) and run it again.`;
}

/** Programs that some tests start, any one of each; where a machine has none, those tests are left out. */
const FOR_TESTS = [
  {
    programs: ['redis-server', 'valkey-server'],
    how: 'Debian, Ubuntu: `sudo apt install redis-server`; macOS: `brew install redis`; others: https://redis.io/docs/latest/operate/oss_and_stack/install',
  },
  { programs: ['moto_server'], how: "`pipx install 'moto[server]'`" },
];

/** One line for each program that the machine lacks, and how to get it; `isThere` tells of one. */
export function missingForTests(isThere) {
  return FOR_TESTS.filter(({ programs }) => !programs.some(isThere)).map(
    ({ programs: [name], how }) =>
      `There is no ${name} on the PATH: the tests that start one are left out. To run them too, install it (${how}).`,
  );
}

/**
 * What is installed, compared with what the lock file asks for: the first package that is absent or of another version,
 * or undefined when all is as it should be. Both arguments are the `packages` of a lock file: `package-lock.json` and
 * the `node_modules/.package-lock.json` that npm leaves behind. `exists` says whether a package is still there.
 */
export function installProblem(wanted, installed, exists) {
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) continue;
    const found = installed[path];
    if (found === undefined && (entry.optional || entry.devOptional || entry.peer)) continue;
    if (found === undefined || !exists(path)) return `${path} is missing`;
    if (found.version !== entry.version) return `${path} is ${found.version}, not ${entry.version}`;
  }
  return undefined;
}
