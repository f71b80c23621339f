// The parameters of the services' stages, as serverless.common.yml has them. A stage that has none of its own takes those of
// what stands before the first dash of its name, `pr-17` those of `pr`: the framework knows stages only by whole names.
module.exports = async ({ resolveVariable }) => {
  const params = await resolveVariable('file(../../serverless.common.yml):params');
  const stage = await resolveVariable('sls:stage');
  const [kind] = stage.split('-');
  return stage in params || !(kind in params) ? params : { ...params, [stage]: params[kind] };
};
