FROM node:24-slim AS web
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund --ignore-scripts
COPY scripts/build-web.mjs ./scripts/
COPY web ./web
RUN npm run build

FROM node:24-slim
ENV NODE_ENV=production USHERR_DATA_DIR=/data
WORKDIR /app
# Reads and plays the files of servers (features/player), in hardware where the device is handed in.
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
# The image brings Node 24: the packaged one would only double its size.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund && npm cache clean --force
COPY server/src ./server/src
COPY scripts/usherr.mjs ./scripts/usherr.mjs
COPY --from=web /app/web/dist ./web/dist
COPY LICENSE README.md ./
# `docker compose exec usherr usherr …` is the command line.
RUN ln -s /app/scripts/usherr.mjs /usr/local/bin/usherr && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4848
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.USHERR_PORT || 4848}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "server/src/main.ts"]
