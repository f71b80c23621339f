export { PackagingPlugin as 'module.exports' } from './packaging-plugin.ts';
