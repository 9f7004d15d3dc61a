export const createHttpServer = () => 1;
