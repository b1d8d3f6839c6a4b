/** Begins the names of folders in which a project's files lie before they are moved into their places. */
export const stagingPrefix = '.modelc-staging-';
