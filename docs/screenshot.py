"""Draws docs/screenshot.svg: the coding screen of the demo project at 110 x 34.

make screenshot
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from workbench import language

TARGET = Path(__file__).with_name("screenshot.svg")


async def draw(folder: Path) -> str:
    from workbench.services import demo, naming, projects, suggesting
    from workbench.tui.app import KodebenkApp

    path, _made = demo.write_demo(folder)
    project = projects.open_existing(path, coder="Kari")
    source = naming.find_source(project, "Furnesund – fagleder")
    suggesting.run(project, [source])
    suggesting.set_shown(project, source, shown=True)
    project.close()
    app = KodebenkApp(path, coder="Kari", at="I08-012")
    async with app.run_test(size=(110, 34)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        await pilot.press("d")
        await pilot.pause(0.5)
        return app.export_screenshot(title="Kodebenk")


def main() -> None:
    language.use("nb")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KODEBENK_CONFIG"] = f"{folder}/kodebenk.toml"
        os.environ["KODEBENK_STATE"] = folder
        TARGET.write_text(asyncio.run(draw(Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()
