import pytest, time
from pathlib import Path
pytestmark = pytest.mark.thorough
NB = Path("/work/main/notebooks/tools/3_diagnostic.ipynb")
def test_dbg(voila):
    for i in range(6):
        t=time.time(); v = voila(NB)
        try:
            v.page.set_default_timeout(40000); v.wait_drawn(); print("drawn", time.time()-t, v.page.evaluate("performance.getEntriesByType('measure').map(m=>m.duration)"))
        except Exception as e:
            print("FAIL", v.errors, v.page.evaluate("""[document.querySelector('.apprenance')?.outerHTML.slice(0,300), [...document.querySelectorAll('.ap-chart')].map(c=>[c.clientWidth,c.querySelectorAll('svg').length]), document.querySelector('.apprenance')?.getAnimations({subtree:true}).length, document.body.innerText.slice(0,300)]"""))
            v.page.screenshot(path="/work/main/screenshots/dbg.png")
            continue
        v.view.get_by_label("Rôle", exact=True).select_option("agent")
        try:
            print(v.wait_drawn(after=1))
        except Exception as e:
            print("FAIL2", v.errors, v.page.evaluate("""[document.querySelector('.apprenance')?.outerHTML.slice(0,300), [...document.querySelectorAll('.ap-chart')].map(c=>[c.clientWidth,c.querySelectorAll('svg').length]), document.querySelector('.apprenance')?.getAnimations({subtree:true}).length, document.querySelector('.apprenance')?.dataset.drawn]"""))
            v.page.screenshot(path="/work/main/screenshots/dbg.png")
