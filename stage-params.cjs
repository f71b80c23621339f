// The parameters of the services' stages, from serverless.common.yml. A stage without a set of its own takes the set with the first
// word of its name: `pr-17` takes `pr`. The framework finds a stage's set only by the stage's whole name.
module.exports = async ({ resolveVariable }) => {
  const params = await resolveVariable('file(../../serverless.common.yml):params');
  const stage = await resolveVariable('sls:stage');
  const [kind] = stage.split('-');
  return stage in params || !(kind in params) ? params : { ...params, [stage]: params[kind] };
};
