export const thing = 'commands';
