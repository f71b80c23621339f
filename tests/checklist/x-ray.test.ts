import { expect } from 'chai';
import { resourcesOf, statementsOf, type Template } from '../templates/template.ts';
import { breakService, checkedTemplates, type Finding, type Templates } from './checked-templates.ts';

const SENDING = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

/**
 * Every function, state machine and REST API traces its calls. (tests/packaged reads the annotations that each function
 * sends.)
 */
function checkXRay(templates: Templates): Finding[] {
  return Object.entries(templates).flatMap(([service, template]) =>
    [...functionProblems(template), ...otherProblems(template)].map((finding) => ({ service, ...finding })),
  );
}

function functionProblems(template: Template): Omit<Finding, 'service'>[] {
  return resourcesOf(template, 'AWS::Lambda::Function').flatMap(([place, { Properties }]) => {
    const { Mode } = (Properties.TracingConfig ?? {}) as { Mode?: string };
    const actions = statementsOf(template, place).flatMap((statement) => statement.actions);
    return [
      ...(Mode === 'Active' ? [] : [{ place, problem: 'it is not traced' }]),
      ...SENDING.filter((action) => !actions.includes(action)).map((action) => ({
        place,
        problem: `its role lacks ${action}`,
      })),
    ];
  });
}

function otherProblems(template: Template): Omit<Finding, 'service'>[] {
  const stages = resourcesOf(template, 'AWS::ApiGateway::Stage');
  const machines = resourcesOf(template, 'AWS::StepFunctions::StateMachine');
  const silent = [
    ...stages.filter(([, { Properties }]) => Properties.TracingEnabled !== true),
    ...machines.filter(([, { Properties }]) => !(Properties.TracingConfiguration as { Enabled?: boolean })?.Enabled),
  ];
  return silent.map(([place]) => ({ place, problem: 'it is not traced' }));
}

describe('the checklist: X-Ray', () => {
  it('holds in every service', () => {
    expect(checkXRay(checkedTemplates())).to.deep.equal([]);
  });

  it('finds what is not traced, and a role that may not send', () => {
    const broken = breakService(checkedTemplates(), 'api', (resources) => {
      if (resources.KeysLambdaFunction) delete resources.KeysLambdaFunction.Properties.TracingConfig;
      if (resources.ApiStage) resources.ApiStage.Properties.TracingEnabled = false;
      if (resources.ErasureMachine) delete resources.ErasureMachine.Properties.TracingConfiguration;
      const policies = resources.EventsIamRoleLambdaExecution?.Properties.Policies;
      for (const { Action } of policies[0].PolicyDocument.Statement) {
        if (Array.isArray(Action) && Action.includes(SENDING[0])) Action.splice(Action.indexOf(SENDING[0]), 1);
      }
    });
    expect(checkXRay(broken).map(({ place, problem }) => `${place}: ${problem}`)).to.have.members([
      'KeysLambdaFunction: it is not traced',
      'ApiStage: it is not traced',
      'ErasureMachine: it is not traced',
      'EventsLambdaFunction: its role lacks xray:PutTraceSegments',
    ]);
  });
});
