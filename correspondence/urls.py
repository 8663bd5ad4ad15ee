from django.urls import path

from correspondence import views

urlpatterns = [path("", views.notification_settings, name="notification_settings")]
