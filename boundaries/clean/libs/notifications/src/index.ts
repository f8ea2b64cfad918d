export const thing = 'notifications';
