// Loads one bundle in a process of its own, as a cold start does, and prints the CPU of loading it, in milliseconds.

const bundle = process.argv[2] ?? '';
const before = process.cpuUsage();
await import(bundle);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
// The clients of a handler would keep the process running.
process.exit(0);
