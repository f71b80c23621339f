// What alarms notify: the stage's parameter alarmActions as a list. One text is separated by commas.
module.exports = async ({ resolveVariable }) => {
  const given = await resolveVariable('param:alarmActions');
  if (typeof given !== 'string') return given;
  const names = given.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '');
};
