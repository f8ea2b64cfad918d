export const thing = 'api';
