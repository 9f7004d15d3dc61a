export const createRetention = () => 1;
