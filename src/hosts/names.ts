/** Names of the build systems. Loads nothing else: the command line names them in its help. */
export const hostNames = ['make', 'cmake', 'platformio', 'arduino', 'zephyr', 'esp-idf', 'csolution'] as const;
export type HostName = (typeof hostNames)[number];
