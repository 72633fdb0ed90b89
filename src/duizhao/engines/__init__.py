"""Ways to run tasks: in processes of this machine (`local`), and with Ray on one machine or many (`ray`).
`duizhao.engine` chooses."""
