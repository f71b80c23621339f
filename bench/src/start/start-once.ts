// Loads one bundle in a process of its own, as a cold start does, and prints the CPU that loading took, in milliseconds.

const bundle = process.argv[2] ?? '';
const before = process.cpuUsage();
await import(bundle);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
// A handler's clients would keep the process.
process.exit(0);
