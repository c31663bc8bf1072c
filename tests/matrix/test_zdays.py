import consortium_admin.refusals as R
import traceback, time, cProfile, pstats
_o=R.explain
def _n(f):
    print("EXPLAIN", repr(f)[:300]); 
    c=f.__cause__ or f.__context__
    if c: traceback.print_exception(c)
    return _o(f)
R.explain=_n
from tests.matrix.test_bad_words import *
from consortium_admin.accounts.migrations import prepare
def test_days(tmp_path):
    first,last="0001-01-01","9999-12-31"
    with clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)):
        db=Database(f"sqlite:///{tmp_path}/x.sqlite").prepare(); build(db); prepare(db)
        app=create_app(db, settings=Settings(), keeper=Believing(), key="hjem", day=TODAY); app.config["WTF_CSRF_ENABLED"]=False
        f=Filled(app, db, False)
        span={"start":first,"end":last}
        def t(label):
            s=time.process_time(); r=f.browser.get("/reports/"); print(label, r.status_code, round(time.process_time()-s,2))
        t("before")
        for a,d in (
            ("sub-projects/edit/?id=DP-B1", span),
            ("milestones/edit/?id=m-A1", {"due":first}),("milestones/edit/?id=m-B1", {"due":last}),("milestones/edit/?id=m-A2", {"due":last,"done":first}),
            ("gatherings/edit/?id=samling", span),
            ("indicator-values/new/", {"indicator":"i-A1","kind":"reading","day":first,"value":"3"}),
            ("indicator-values/new/", {"indicator":"i-A1","kind":"target","day":last,"value":"1000000000000"}),
            ("assessments/new/", {"theme":"tema","sub_project":"DP-A1","day":first,"degree":"low"}),
            ("partners/edit/?id=partner-a", {"joined":first,"left":last}),
            ("consortium/edit/?id=hjem", span),
            ("reporting-periods/new/", {"key":"p1","start":first,"end":"2025-12-31","due":last}),
            ("status/DP-B1/", {"do":"send","state":"on_track","day":first,"language":"nb","summary":"x"}),
        ):
            r=f.send("/"+a,d); print(r.status_code, end=" "); t(a+str(d))
        p=cProfile.Profile(); p.enable(); f.browser.get("/reports/?first=sv"); p.disable()
        pstats.Stats(p).sort_stats("cumtime").print_stats(45)
        db.engine.dispose()
