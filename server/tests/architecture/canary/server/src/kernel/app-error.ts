export type AppError = { code: string };
