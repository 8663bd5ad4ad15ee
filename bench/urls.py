"""The product's own addresses, and the yardsticks beside them, behind the same middleware."""

from django.urls import path

from bench import plain_views
from chartrequest import urls

handler400, handler500 = urls.handler400, urls.handler500
urlpatterns = [path("plain/<str:name>/", plain_views.plain), *urls.urlpatterns]
