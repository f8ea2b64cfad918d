export const thing = 'rooms';
