// Where the API is, without /v1: the stage's parameter apiUrl, or else its apiDomain.
module.exports = async ({ resolveVariable }) => {
  const given = await resolveVariable('param:apiUrl');
  const domain = await resolveVariable('param:apiDomain');
  return given === '' && domain !== '' ? `https://${domain}` : given;
};
