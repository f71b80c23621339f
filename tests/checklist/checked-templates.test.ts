import { expect } from 'chai';
import { breakService, checkedTemplates } from './checked-templates.ts';

describe('the templates of the checklist', () => {
  it('are those of every service, and a broken copy leaves them whole', () => {
    const templates = checkedTemplates();
    expect(Object.keys(templates)).to.have.members(['api', 'ingest-stream', 'notifications', 'reports']);
    const broken = breakService(templates, 'ingest-stream', (resources) => {
      delete resources.EventStream;
    });
    expect(broken['ingest-stream']?.Resources).not.to.have.property('EventStream');
    expect(templates['ingest-stream']?.Resources).to.have.property('EventStream');
  });
});
