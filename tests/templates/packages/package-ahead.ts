// Packages services for a stage, for the run that starts it: package-ahead.ts <stage> <service>...
import { packageService } from '../package-service.ts';

const [stage = '', ...names] = process.argv.slice(2);
for (const name of names) packageService(name, stage);
