# shellcheck shell=sh disable=SC2154,SC2034 # r_… come from the values of the planned switch
# nginx: what preflight inspects, and the command by hand.

nginx_runs() { # whether nginx runs. A reload of one that waits for this script would wait for ever, and so would a call of
  if [ "$r_proxy_kind" = compose ] && ! nginx_master_known >/dev/null; then return 1; fi
  nginx_workers
}

nginx_missing() { # says all that is missing
  if [ ! -d "$r_upstream" ]; then
    say "missing upstream-missing the folder $r_upstream does not exist"
  else
    [ -w "$r_upstream" ] || say "missing path-not-writable $(id -un) cannot write to $r_upstream"
    nginx_read || say "missing proxy-unreadable $why"
    nginx_alone || say "missing upstream-shared $why"
  fi
  if nginx_workers; then
    under_host_lock nginx_missing_now || say "missing lock-held $why"
  else
    unread_why=$why
    nginx_validate || say "missing proxy-invalid $why"
    say "missing proxy-unreadable $unread_why"
  fi
}

nginx_missing_now() {
  nginx_validate || say "missing proxy-invalid $why"
  [ ! -r "$r_upstream/active.conf" ] || nginx_current || say "missing proxy-not-loaded $why"
}

nginx_by_hand() { # TO FROM, both lists: prints the command for a person
  case $r_proxy_kind in
  systemd) tail="sudo nginx -t && sudo systemctl reload $r_proxy" ;;
  compose) tail="cd $r_proxy && docker compose exec -T $r_proxy_service nginx -t && docker compose exec -T $r_proxy_service nginx -s reload" ;;
  *) tail="$r_proxy validate && $r_proxy reload" ;;
  esac
  printf '%s' "sed -i '$(nginx_edit "$2" "$1")' $r_upstream/active.conf && $tail"
}
