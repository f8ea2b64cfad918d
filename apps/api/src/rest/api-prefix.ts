/** Where the REST surface begins. */
export const API_PREFIX = 'api/v1';
