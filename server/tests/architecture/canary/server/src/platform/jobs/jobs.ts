export const createJobs = () => 1;
