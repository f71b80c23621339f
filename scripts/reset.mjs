// Empties the local state. It needs no dependency, so it also works if the installation is broken.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const weirDir = process.env.WEIR_STATE_DIR ?? join(dirname(fileURLToPath(import.meta.url)), '..', '.weir');
const pidFile = join(weirDir, 'npm-start.pid');

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
if (pid > 0 && isAlive(pid)) {
  process.stderr.write(
    `Weir is running (pid ${pid}): end it with Ctrl-C or \`kill ${pid}\`, then run npm run reset again.\n`,
  );
  process.exit(1);
}
rmSync(weirDir, { recursive: true, force: true });
process.stdout.write('The local state is empty: the next npm start loads the sample again.\n');
