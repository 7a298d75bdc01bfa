# Gongkai on a bare Debian 12 with python3-venv and make. Everything is installed into .venv/.
PYTHON ?= python3
FILES ?=
PORT ?= 8000
# What one process has not begun the other takes: browser tests are long, and lie together.
PYTEST_ARGS ?= -n 2 --dist worksteal
V := .venv
PY := $(V)/bin/python
UV := $(V)/bin/uv
STAMPS := $(V)/stamps
WHEEL_SOURCES := pyproject.toml README.md $(shell find src -type f -not -name '*.pyc' 2>/dev/null)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Downloads and installed files may lie on different file systems.
export UV_LINK_MODE := copy

.DEFAULT_GOAL := help
.PHONY: help run check-files test check bench docs lock install format clean

help: ## 显示这些说明
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: $(STAMPS)/wheel ## 安装，准备演示数据（var/），在 http://127.0.0.1:PORT 启动网站（PORT 缺省 8000）
	@exec scripts/run.sh "$(PORT)" $(FILES)

check-files: $(STAMPS)/wheel ## 安装，并核查 samples/ 和 FILES="…" 中的文件，结果页面写入 out/
	@exec scripts/check_files.sh $(FILES)

# On PostgreSQL what the pages do is tried by a client; how they look in Chromium is the same on both.
test: $(STAMPS)/wheel $(STAMPS)/dev ## 安装测试所需，用构建出的 wheel 运行全部测试
	@scripts/debian_packages.sh
	$(PY) -P -m pytest $(PYTEST_ARGS)
	@scripts/with_postgresql.sh $(PY) -P -m pytest $(PYTEST_ARGS) tests/web -m "not chromium" || { code=$$?; [ $$code -eq 77 ] && \
	  echo "没有安装 PostgreSQL，网站测试只在 SQLite 上运行（apt-get install postgresql）" || exit $$code; }

check: $(STAMPS)/wheel $(STAMPS)/dev ## 代码规范、类型、分层、文档
	$(V)/bin/ruff check .
	$(V)/bin/ruff format --check .
	$(V)/bin/mypy
	PYTHONPATH=src $(V)/bin/lint-imports
	$(PY) -P -m gongkai.report.check.catalogue --check docs/rules.md
	$(PY) -P scripts/check_docs.py
	$(PY) -P scripts/readme_tour.py --check
	DJANGO_SETTINGS_MODULE=gongkai.web.settings.test $(PY) -P -m gongkai.web.manage makemigrations --check --dry-run

bench: $(STAMPS)/wheel $(STAMPS)/dev ## 测量：benchmarks/，结果写入 docs/benchmarks.md
	$(PY) -m benchmarks

docs: $(STAMPS)/wheel ## 重新生成 docs/rules.md 和 README 中的命令输出
	$(PY) -P -m gongkai.report.check.catalogue --write docs/rules.md
	$(PY) -P scripts/readme_tour.py --write

install: $(STAMPS)/wheel ## 只安装

format: $(STAMPS)/dev ## 统一代码格式
	$(V)/bin/ruff check --fix-only .
	$(V)/bin/ruff format .

lock: $(STAMPS)/tools ## 重新解析并锁定依赖版本（requirements/*.txt）
	scripts/lock.sh $(abspath $(UV))

clean: ## 删除 .venv/ 和所有产物
	rm -rf $(V) out dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# --- what is installed, one stamp each, so that a second make is quick ---------------------------------
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "需要 Python 3.11 或更新的版本（make PYTHON=/usr/bin/python3.11 …）。Python 3.11 or newer is needed."; exit 2; }
	@$(PYTHON) -m venv $(V) || { \
	  echo "请先安装 venv：apt-get install python3-venv。Please install python3-venv."; rm -rf $(V); exit 2; }

$(STAMPS)/tools: requirements/build.txt | $(PY)
	$(PY) -m pip install --quiet --require-hashes -r requirements/build.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements/run.txt requirements/ocr.txt requirements/web.txt $(STAMPS)/tools
	@echo "正在安装所需的程序库到 $(V)/（首次需要几分钟）……"
	$(UV) pip install --quiet --python $(PY) --require-hashes \
	  -r requirements/run.txt -r requirements/ocr.txt -r requirements/web.txt
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/run
	$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/wheel: $(WHEEL_SOURCES) $(STAMPS)/run
	@rm -rf dist
	$(UV) build --quiet --wheel --no-build-isolation --python $(PY) --out-dir dist
	$(UV) pip install --quiet --python $(PY) --no-deps --reinstall-package gongkai dist/gongkai-*.whl
	@touch $@
