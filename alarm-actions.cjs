// What alarms notify: the stage's parameter alarmActions as a list. On the command line it is one text, separated by commas.
module.exports = async ({ resolveVariable }) => {
  const given = await resolveVariable('param:alarmActions');
  if (typeof given !== 'string') return given;
  const names = given.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '');
};
