"""Light commands must not pay for the providers' packages."""

import subprocess
import sys


def test_the_router_is_imported_without_any_providers_package() -> None:
    code = (
        "import sys, tools.context, tools.providers.models.settings, tools.providers.models.check; "
        "heavy = {'openai', 'langchain_core', 'langchain_openai', 'genai_prices'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
