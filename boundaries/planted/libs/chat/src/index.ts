export const thing = 'chat';
