// Resources that a service has only in a stage that sets the parameter. With `apiDomain`, for example, those of the service's
// resources/api-domain.yml; without it, none.
const FILES = { apiDomain: 'api-domain', pushDomain: 'push-domain', webAclArn: 'web-acl', redisZones: 'redis-cache' };

module.exports = Object.fromEntries(
  Object.entries(FILES).map(([parameter, file]) => [
    parameter,
    async ({ resolveVariable }) => {
      const given = await resolveVariable(`param:${parameter}`);
      return given === '' ? {} : resolveVariable(`file(resources/${file}.yml)`);
    },
  ]),
);
