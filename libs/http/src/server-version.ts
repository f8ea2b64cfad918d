/** What `ready` and the API's description say this server is. */
export const SERVER_VERSION = '0.1.0';
