# One image, every program; docker-compose.yml says which runs. Node is the one that package.json pins; Debian the one that
# ffmpeg and the worker's packages were measured on.
FROM node:26.10.0-bookworm-slim AS build
# A registry of one's own: --build-arg NPM_CONFIG_REGISTRY=…
ARG NPM_CONFIG_REGISTRY
WORKDIR /sightline
# Manifests first: packages are fetched again only when these change.
COPY package.json package-lock.json .npmrc ./
COPY contracts/package.json contracts/
COPY store/package.json store/
COPY models/package.json models/
COPY look/package.json look/
COPY broker/package.json broker/
COPY edge-agent/package.json edge-agent/
COPY command-center/package.json command-center/
COPY standalone/package.json standalone/
COPY media/server/package.json media/server/
COPY media/client/package.json media/client/
# The project's own copy of Node is left out: it is the image's version, 200 MB.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/node-bin-* node_modules/.bin/node
COPY . .
# mediasoup's worker, prebuilt; where that page cannot be reached, from source with Debian's compiler. Without either the image is
# made all the same, without meetings.
RUN export XDG_CACHE_HOME=/sightline/.cache; node media/server/src/bring-worker-main.ts \
  || { node scripts/machine.mjs media && node media/server/src/bring-worker-main.ts; } \
  || echo 'No media worker: meetings are off.'
# The face networks, each proven by its sha256; then the kiosk's pages and the centre's.
RUN node models/src/fetch-main.ts
RUN npm run build --workspace @sightline/edge-agent --workspace @sightline/command-center

FROM node:26.10.0-bookworm-slim
ENV NODE_ENV=production XDG_CACHE_HOME=/sightline/.cache
WORKDIR /sightline
# Root's own and read by everybody: the programs run as `node` and change nothing here.
COPY --from=build /sightline /sightline
# Meetings are recorded and films of courses remade by ffmpeg; the rest is what a worker made from source is linked to.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg libflatbuffers2 libsrtp2-1 libssl3 libuv1 \
  && rm -rf /var/lib/apt/lists/*
# A new volume takes its owner from here.
RUN install -d -o node -g node /var/lib/sightline/agent /var/lib/sightline/courses /var/lib/sightline/media
USER node
