// `npm run permissions` writes docs/permissions.md.
import { writeFileSync } from 'node:fs';
import { checkedTemplates } from '../checked-templates.ts';
import { PERMISSIONS_FILE, readServiceTexts } from './permissions-file.ts';
import { permissionsPage } from './permissions-page.ts';

writeFileSync(PERMISSIONS_FILE, permissionsPage(checkedTemplates(), readServiceTexts()));
