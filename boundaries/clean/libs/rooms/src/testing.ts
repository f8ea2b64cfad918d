export const thing = 'builder';
