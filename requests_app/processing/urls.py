from django.urls import path

from requests_app.processing.views import answer, extend, inbound, moves, price, qa, records

urlpatterns = [
    path("", inbound.inbound, name="inbound"),
    path("columns/", inbound.inbound_columns, name="inbound_columns"),
    path("export/", inbound.inbound_export, name="inbound_export"),
    path("<str:public_id>/incomplete/", moves.mark_incomplete, name="mark_incomplete"),
    path("<str:public_id>/assign/", moves.assign, name="assign"),
    path("<str:public_id>/begin-review/", moves.begin_review, name="begin_review"),
    path("<str:public_id>/take-back/", moves.take_back, name="take_back"),
    path("<str:public_id>/upload/", records.upload_records, name="upload_records"),
    path("<str:public_id>/files/<int:file>/remove/", records.remove_file, name="remove_file"),
    path("<str:public_id>/files/<int:file>/move/", records.move_file, name="move_file"),
    path("<str:public_id>/pages/<int:page>/picture/", records.page_picture, name="page_picture"),
    path("<str:public_id>/pages/<int:page>/thumbnail/", records.page_thumbnail, name="page_thumbnail"),
    path("<str:public_id>/qa/", qa.qa, name="qa"),
    path("<str:public_id>/qa/undo/", qa.undo_verdict, name="undo_verdict"),
    path("<str:public_id>/qa/checklist/<int:item>/", qa.tick_checklist, name="tick_checklist"),
    path("<str:public_id>/qa/clinical-review/", qa.clinical_review, name="clinical_review"),
    path("<str:public_id>/qa/<int:page>/", qa.qa, name="qa_page"),
    path("<str:public_id>/qa/<int:page>/approve/", qa.approve_page, name="approve_page"),
    path("<str:public_id>/qa/<int:page>/remove/", qa.remove_page, name="remove_page"),
    path("<str:public_id>/qa/<int:page>/reopen/", qa.reopen_page, name="reopen_page"),
    path("<str:public_id>/qa/<int:page>/rotate/", qa.rotate_page, name="rotate_page"),
    path("<str:public_id>/price/", price.price, name="price"),
    path("<str:public_id>/release/", price.release, name="release"),
    path("<str:public_id>/no-records/", answer.no_records, name="no_records"),
    path("<str:public_id>/more-time/", extend.extend_answer, name="extend_answer"),
    path("<str:public_id>/deny/", answer.deny, name="deny"),
    path("<str:public_id>/agreed-fee/", price.agree_fee, name="agree_fee"),
]
