export const createHttpClient = () => 1;
