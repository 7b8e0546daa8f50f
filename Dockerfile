# One image for the API, the workers and the schedule: `./quiver serve | worker | beat` chooses.
FROM node:20-slim AS console
WORKDIR /app/client
COPY api/client ./
RUN npm ci --no-audit --no-fund && npm run build
WORKDIR /app/console
COPY api/console ./
RUN npm install --no-audit --no-fund && npm run build

FROM python:3.11-slim AS build
WORKDIR /app
COPY pyproject.toml requirements.lock ./
RUN grep '^uv==' requirements.lock > uv.lock && pip install --no-cache-dir --requirement uv.lock
# Only what the product imports: the development group (tests, embedded servers) stays out, at the lock's versions.
RUN uv venv .venv \
    && uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --constraints requirements.lock pyproject.toml -o runtime.lock \
    && uv pip sync --python .venv runtime.lock

FROM python:3.11-slim
WORKDIR /app
ENV PYTHONPATH=/app PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 ENV=production
RUN useradd --system --uid 10001 quiver
COPY --from=build /app/.venv .venv
COPY quiver pyproject.toml ./
COPY agents agents
COPY api api
COPY --from=console /app/console/dist api/console/dist
COPY migrations migrations
COPY persistence persistence
COPY prompts prompts
COPY tools tools
USER 10001
EXPOSE 8000
ENTRYPOINT ["./quiver"]
CMD ["serve", "--host", "0.0.0.0"]
