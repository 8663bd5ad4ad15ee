from django.urls import path

from accounts.idle import views

urlpatterns = [
    path("still-here/", views.still_here, name="still_here"),
    path("resume/", views.resume, name="resume"),
    path("resume/drop/", views.resume_drop, name="resume_drop"),
]
