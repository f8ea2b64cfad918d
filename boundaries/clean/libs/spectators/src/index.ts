export const thing = 'spectators';
